package io.iottunnel.engine;

import com.google.protobuf.WireFormat;

/** The fields of a tunnel message in protobuf (proto3), as tags. */
final class Field {

  static final int TYPE = tag(1, WireFormat.WIRETYPE_VARINT);
  static final int STREAM_ID = tag(2, WireFormat.WIRETYPE_VARINT);
  static final int IGNORABLE = tag(3, WireFormat.WIRETYPE_VARINT);
  static final int PAYLOAD = tag(4, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  static final int SERVICE_ID = tag(5, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  static final int AVAILABLE_SERVICE_IDS = tag(6, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  static final int CONNECTION_ID = tag(7, WireFormat.WIRETYPE_VARINT);

  static final int DATA = 1;
  static final int STREAM_START = 2;
  static final int STREAM_RESET = 3;
  static final int SESSION_RESET = 4;
  static final int SERVICE_IDS = 5;
  static final int CONNECTION_START = 6;
  static final int CONNECTION_RESET = 7;

  private Field() {}

  private static int tag(int number, int wireType) {
    return number << 3 | wireType;
  }

  static int number(int tag) {
    return tag >>> 3;
  }
}
