package io.iottunnel.testkit.webproxy;

import io.iottunnel.domain.webproxy.Credentials;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * A server's challenge by NTLM, and whether the answer proves the knowledge of a password: sections
 * 2.2.1 (the messages) and 3.3.2 (version 2) of MS-NLMP.
 */
final class NtlmChallenge {

  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final int NEGOTIATE = 1;
  private static final int CHALLENGE = 2;
  private static final int AUTHENTICATE = 3;

  /** Unicode, the target's name wanted, NTLM, the target is a domain, information about it. */
  private static final int FLAGS = 0x1 | 0x4 | 0x200 | 0x10000 | 0x800000;

  private static final int HEADER_BYTES = 48;
  private static final int RESPONSE_FIELD = 20;
  private static final int USER_FIELD = 36;
  private static final int PROOF_BYTES = 16;
  private static final short END_OF_LIST = 0;
  private static final short DOMAIN_NAME = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String domain;
  private final byte[] nonce = new byte[8];

  NtlmChallenge(String domain) {
    this.domain = domain;
    RANDOM.nextBytes(nonce);
  }

  /** Whether {@code message} is a client's first. */
  static boolean isNegotiate(byte[] message) {
    return type(message) == NEGOTIATE;
  }

  /** The CHALLENGE message. */
  byte[] message() {
    byte[] name = utf16(domain);
    ByteBuffer information = littleEndian(new byte[name.length + 8]);
    information.putShort(DOMAIN_NAME).putShort((short) name.length).put(name);
    information.putShort(END_OF_LIST).putShort((short) 0);
    byte[] bytes = new byte[HEADER_BYTES + name.length + information.limit()];
    ByteBuffer message = littleEndian(bytes);
    message.put(SIGNATURE).putInt(CHALLENGE);
    field(message, name.length, HEADER_BYTES);
    message.putInt(FLAGS).put(nonce).putLong(0);
    field(message, information.limit(), HEADER_BYTES + name.length);
    message.put(name).put(information.flip());
    return bytes;
  }

  /** Whether {@code message} is the AUTHENTICATE message of who knows the password. */
  boolean isAnsweredBy(byte[] message, Credentials user) {
    if (type(message) != AUTHENTICATE) {
      return false;
    }
    String name = new String(field(message, USER_FIELD), StandardCharsets.UTF_16LE);
    byte[] response = field(message, RESPONSE_FIELD);
    if (!name.equalsIgnoreCase(user.user()) || response.length <= PROOF_BYTES) {
      return false;
    }
    byte[] proof = Arrays.copyOf(response, PROOF_BYTES);
    byte[] temp = Arrays.copyOfRange(response, PROOF_BYTES, response.length);
    return MessageDigest.isEqual(proof, hmac(key(user), nonce, temp));
  }

  /** NTOWFv2. */
  private byte[] key(Credentials user) {
    byte[] password = utf16(user.password());
    MD4Digest md4 = new MD4Digest();
    md4.update(password, 0, password.length);
    byte[] hash = new byte[md4.getDigestSize()];
    md4.doFinal(hash, 0);
    return hmac(hash, utf16(user.user().toUpperCase(Locale.ROOT) + domain));
  }

  private static byte[] hmac(byte[] key, byte[]... data) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      for (byte[] each : data) {
        mac.update(each);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int type(byte[] message) {
    boolean ours =
        message.length > SIGNATURE.length + Integer.BYTES
            && Arrays.equals(SIGNATURE, Arrays.copyOf(message, SIGNATURE.length));
    return ours ? littleEndian(message).getInt(SIGNATURE.length) : 0;
  }

  private static void field(ByteBuffer message, int length, int offset) {
    message.putShort((short) length).putShort((short) length).putInt(offset);
  }

  private static byte[] field(byte[] message, int at) {
    ByteBuffer fields = littleEndian(message);
    int length = Short.toUnsignedInt(fields.getShort(at));
    int offset = fields.getInt(at + Integer.BYTES);
    return Arrays.copyOfRange(message, offset, offset + length);
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
