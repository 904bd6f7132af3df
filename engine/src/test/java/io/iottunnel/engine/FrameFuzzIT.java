package io.iottunnel.engine;

import io.iottunnel.testkit.fuzz.Fuzzer;
import org.junit.jupiter.api.Test;

class FrameFuzzIT {

  @Test
  void framesOfAnyBytesAreMessagesOrNonsenseHoweverTheyAreCut() throws Exception {
    Fuzzer.fuzz(FrameFuzz.class);
  }
}
