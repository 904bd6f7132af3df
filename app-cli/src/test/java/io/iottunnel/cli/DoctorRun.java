package io.iottunnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iottunnel.testkit.secrets.Printed;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One run of the doctor within the test's JVM, and what came of it.
 *
 * @param out what came on standard output
 * @param err what came on standard error
 */
record DoctorRun(int exitCode, String out, String err) {

  /** Runs the doctor with these variables. */
  static DoctorRun with(Map<String, String> environment, Stream<String> options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            environment,
            InputStream.nullInputStream(),
            new PrintStream(Printed.through(out, "standard output of the doctor"), true, UTF_8),
            out,
            new PrintStream(Printed.through(err, "standard error of the doctor"), true, UTF_8),
            false);
    String[] arguments = Stream.concat(Stream.of("doctor"), options).toArray(String[]::new);
    int exitCode = new Main(console, Signals.NONE).run(arguments);
    return new DoctorRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The report, which must be JSON. */
  JsonObject report() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  /** What the report says of one hop. */
  JsonObject hop(String name) {
    return hops()
        .filter(hop -> text(hop, "hop").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no hop " + name + " in " + out));
  }

  /** Each hop with its verdict, in their order. */
  List<String> verdicts() {
    return hops().map(hop -> text(hop, "hop") + " " + text(hop, "verdict")).toList();
  }

  private Stream<JsonObject> hops() {
    return StreamSupport.stream(report().getAsJsonArray("hops").spliterator(), false)
        .map(JsonElement::getAsJsonObject);
  }

  /** A text in a report. */
  static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }
}
