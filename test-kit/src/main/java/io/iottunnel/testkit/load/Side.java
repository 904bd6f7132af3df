package io.iottunnel.testkit.load;

import io.iottunnel.testkit.load.Content.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** What each of the two sides of a talk does. */
final class Side {

  private final Content content;
  private final Executor senders;

  Side(Content content, Executor senders) {
    this.content = content;
    this.senders = senders;
  }

  /** Plays the client, behind the number that it has sent. */
  void client(Line line, Talk talk) throws IOException {
    Flow up = content.up(talk);
    Flow down = content.down(talk);
    switch (talk.manner()) {
      case EXCHANGE -> both(line, up, talk.up(), down, talk.down());
      case CLIENT_LEAVES -> line.send(up, talk.up());
      case APPLICATION_LEAVES -> {
        both(line, up, talk.up(), down, talk.down());
        line.receiveEnd();
      }
      case HALF_CLOSE -> {
        line.send(up, talk.up());
        line.finish();
        line.receive(down, talk.down());
        line.receiveEnd();
      }
      case CLIENT_RESETS -> {
        line.send(up, talk.up() / 2);
        line.receive(down, talk.down() / 2);
        line.reset();
      }
      case APPLICATION_RESETS -> {
        both(line, up, talk.up(), down, talk.down());
        line.receiveEnd();
      }
    }
  }

  /** Plays the application, behind the number that it has read. */
  void application(Line line, Talk talk) throws IOException {
    Flow up = content.up(talk);
    Flow down = content.down(talk);
    switch (talk.manner()) {
      case EXCHANGE, CLIENT_RESETS -> {
        both(line, down, talk.down(), up, talk.up());
        line.receiveEnd();
      }
      case CLIENT_LEAVES -> {
        line.receive(up, talk.up());
        line.receiveEnd();
      }
      case APPLICATION_LEAVES, HALF_CLOSE -> {
        line.receive(up, talk.up());
        line.send(down, talk.down());
      }
      case APPLICATION_RESETS -> {
        line.receive(up, talk.up() / 2);
        line.send(down, talk.down() / 2);
        line.reset();
      }
    }
  }

  private void both(Line line, Flow sent, int sending, Flow received, int receiving)
      throws IOException {
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(
            () -> {
              try {
                line.send(sent, sending);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            senders);
    line.receive(received, receiving);
    try {
      sender.join();
    } catch (CompletionException e) {
      throw new IOException("sending broke", e.getCause());
    }
  }
}
