package io.iottunnel.ports.dialog;

import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import java.nio.ByteBuffer;

/** Reads one final answer, in any split of its bytes. Interim answers (1xx) are skipped. */
public interface AnswerReader {

  /**
   * Takes bytes. What is behind the blank line of an answer that opens a tunnel is left in {@code
   * received}; behind another answer, what remains there shows that more came than was asked for.
   *
   * @return whether the answer is complete now, or as much of it as is wanted
   */
  boolean read(ByteBuffer received) throws BadAnswerException;

  /**
   * Takes the news that no more bytes come.
   *
   * @return whether the answer is complete by that; a body that was cut short still is
   */
  boolean end() throws BadAnswerException;

  /** Whether not one byte has come. */
  boolean isUntouched();

  /** The answer, once it is complete. */
  HttpAnswer answer();
}
