package io.iottunnel.testkit.control;

import com.google.gson.JsonObject;

/** An operation was refused, in the words in which the service refuses it. */
final class ControlFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private ControlFailure(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  static ControlFailure noTunnel(String id) {
    return new ControlFailure(
        400, "ResourceNotFoundException", "Tunnel with id " + id + " does not exist.");
  }

  static ControlFailure tooMany(String what) {
    return new ControlFailure(400, "LimitExceededException", what);
  }

  static ControlFailure invalid(String member, String rule) {
    return new ControlFailure(
        400,
        "ValidationException",
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(member, rule));
  }

  static ControlFailure notJson() {
    return new ControlFailure(400, "SerializationException", "The request is not a JSON object.");
  }

  static ControlFailure unknownOperation() {
    return new ControlFailure(400, "UnknownOperationException", "There is no such operation.");
  }

  static ControlFailure notSigned() {
    return new ControlFailure(
        403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  int status() {
    return status;
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("__type", type);
    json.addProperty("message", getMessage());
    return json;
  }
}
