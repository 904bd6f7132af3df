package io.iottunnel.testkit.contract;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dialogs that talk against the rules are caught, each at its rule. */
class DialogSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(DialogSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(ConnectDialogContract.class, DialogSabotageTest.class);
  }

  @Breaks("c01")
  static class SwallowsALineFeedBehindTheAnswer extends SpoiltDialog implements DialogAnswerRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      if (step instanceof Step.Opened && received.remaining() > 1) {
        received.get();
      }
      return step;
    }
  }

  @Breaks("c02")
  static class TellsOfCookies extends SpoiltDialog implements DialogAnswerRules {
    @Override
    ConnectAnswer told(ConnectAnswer answer) {
      List<ConnectAnswer.Header> headers = new ArrayList<>(answer.headers());
      headers.add(new ConnectAnswer.Header("set-cookie", "id=1"));
      return new ConnectAnswer(answer.version(), answer.status(), answer.reason(), headers);
    }
  }

  @Breaks("c20")
  static class NamesOnlyTheFirstHeaderField extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, "Bearer, Odd, Strange", "Bearer");
    }
  }

  @Breaks("c21")
  static class CutsATextAtItsLineEnd extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, " for you!", "");
    }
  }

  @Breaks("c22")
  static class QuotesWhatHoldsChunksTogether extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, "Denied by policy", "14 Denied by policy");
    }
  }

  @Breaks("c23")
  static class ForgetsATextThatIsCutShort extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, "\"No.\"", "nothing");
    }
  }

  @Breaks("c24")
  static class QuotesATextAsLongAsItIs extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, "x".repeat(200) + "…", "x".repeat(5000));
    }
  }

  @Breaks("c25")
  static class WaitsForABodyWhereThereIsNone extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return step instanceof Step.Refused refused
              && String.valueOf(refused.reason().getMessage()).contains("304 Odd")
          ? new Step.NeedMore()
          : step;
    }
  }

  @Breaks("c26")
  static class TakesEveryBannerForAnAnswer extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return step instanceof Step.Refused refused
              && refused.reason() instanceof WebProxyRefusedException answered
              && answered.status() == 0
          ? new Step.Refused(
              new WebProxyRefusedException(
                  String.valueOf(answered.getMessage()), answered.retry(), 400))
          : step;
    }
  }

  @Breaks("c27")
  static class NamesNoTls extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step ended(Step step) {
      return step instanceof Step.Refused refused
              && refused.reason() instanceof UnreachableException reason
          ? new Step.Refused(
              new UnreachableException(
                  String.valueOf(reason.getMessage()).replace("https://", "another scheme ")))
          : step;
    }
  }

  @Breaks({"c27", "c28"})
  static class TakesClosingForARefusal extends SpoiltDialog implements DialogRefusalRules {
    @Override
    Step ended(Step step) {
      return step instanceof Step.Refused refused
              && refused.reason() instanceof UnreachableException reason
          ? new Step.Refused(
              new WebProxyRefusedException(
                  String.valueOf(reason.getMessage()), Retry.WITH_BACKOFF, 0))
          : step;
    }
  }

  @Breaks("c40")
  static class TakesShortHeadersOnly extends SpoiltDialog implements DialogAnswerRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return step instanceof Step.Opened && count > 16 * 1024
          ? new Step.Refused(new WebProxyRefusedException("64 KiB", Retry.NEVER, 0))
          : step;
    }
  }

  @Breaks({"c41", "c42"})
  static class WaitsForTheEndOfAnyHeaders extends SpoiltDialog implements DialogAnswerRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return count > 64 * 1024 ? new Step.NeedMore() : step;
    }
  }

  @Breaks("c43")
  static class ReadsTheBeginningOfAChallenge extends SpoiltDialog implements DialogAnswerRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return saying(step, "Bearer, Odd", "Bearer");
    }
  }

  @Breaks("c60")
  static class NeverUsesAConnectionAgain extends SpoiltDialog implements DialogConnectionRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return step instanceof Step.Send send ? new Step.Send(send.request(), true) : step;
    }
  }

  @Breaks({"c61", "c62", "c63"})
  static class AlwaysUsesTheConnectionAgain extends SpoiltDialog implements DialogConnectionRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return step instanceof Step.Send send ? new Step.Send(send.request(), false) : step;
    }
  }

  @Breaks("c62")
  static class ReadsABodyWithoutEnd extends SpoiltDialog implements DialogConnectionRules {
    @Override
    Step next(Step step, ByteBuffer received, int count) {
      return count > 60 * 1024 ? new Step.NeedMore() : step;
    }
  }

  @Breaks("c63")
  static class GivesUpWhereAKeptConnectionEnds extends SpoiltDialog
      implements DialogConnectionRules {
    @Override
    Step ended(Step step) {
      return step instanceof Step.Send
          ? new Step.Refused(new UnreachableException("it closed the connection"))
          : step;
    }
  }
}
