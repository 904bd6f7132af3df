package io.iottunnel.cli.doctor;

import io.iottunnel.cli.doctor.Detail.Attempt;
import io.iottunnel.domain.webproxy.Authentication;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A report for machines: one JSON object on one line. Its names are documented, and stay. */
final class JsonReport {

  /** ASCII alone, so that the encoding of standard output does not matter. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonReport() {}

  static String of(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("version", report.version());
      json.writeStringProperty("service", report.service().toString());
      optional(json, "webProxy", report.webProxy().map(Object::toString));
      json.writeNumberProperty("exitCode", report.exitCode());
      json.writeName("hops").writeStartArray();
      report.hops().forEach(hop -> write(json, hop));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, HopReport hop) {
    json.writeStartObject();
    json.writeStringProperty("hop", hop.hop().id());
    json.writeStringProperty("verdict", hop.verdict().text());
    json.writeNumberProperty("millis", Math.round(hop.took().toNanos() / 1e5) / 10.0);
    json.writeStringProperty("finding", hop.finding());
    texts(json, "notes", hop.notes());
    optional(json, "remedy", hop.remedy());
    hop.detail().match(new Fields(json));
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, Optional<String> text) {
    json.writeName(name);
    text.ifPresentOrElse(json::writeString, json::writeNull);
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeName(name).writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  /** The fields of a detail, which differ from hop to hop. */
  private record Fields(JsonGenerator json) implements Detail.Cases<JsonGenerator> {

    @Override
    public JsonGenerator nothing(Detail.Nothing detail) {
      return json;
    }

    @Override
    public JsonGenerator choice(Detail.Choice detail) {
      optional(json, "origin", detail.origin());
      optional(json, "noProxyEntry", detail.exemption().map(found -> found.entry()));
      optional(json, "noProxyOrigin", detail.exemption().map(found -> found.origin()));
      return json;
    }

    @Override
    public JsonGenerator addresses(Detail.Addresses detail) {
      texts(json, "addresses", detail.ips());
      return json;
    }

    @Override
    public JsonGenerator certificate(Detail.Certificate detail) {
      json.writeStringProperty("protocol", detail.protocol());
      json.writeStringProperty("subject", detail.subject());
      json.writeStringProperty("issuer", detail.issuer());
      json.writeStringProperty("sha256", detail.sha256());
      json.writeStringProperty("notBefore", detail.notBefore().toString());
      json.writeStringProperty("notAfter", detail.notAfter().toString());
      detail.inspected().ifPresent(seems -> json.writeBooleanProperty("inspected", seems));
      return json;
    }

    @Override
    public JsonGenerator attempts(Detail.Attempts detail) {
      json.writeName("attempts").writeStartArray();
      detail.attempts().forEach(this::write);
      json.writeEndArray();
      return json;
    }

    private void write(Attempt attempt) {
      json.writeStartObject();
      optional(json, "authentication", attempt.authenticatedBy().map(Authentication::text));
      json.writeNumberProperty("status", attempt.status());
      json.writeStringProperty("reason", attempt.reason());
      texts(json, "offered", attempt.offered());
      json.writeEndObject();
    }

    @Override
    public JsonGenerator session(Detail.Session detail) {
      optional(json, "channelId", detail.channelId());
      json.writeStringProperty("subprotocol", detail.subprotocol());
      return json;
    }
  }
}
