package io.syllabus.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A result as people and as programs read it. */
record Report(Result result, Machine machine, Instant at) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String render() {
    Row row = result.row();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%n%s, %s, median (least to greatest) of %d in turns%n",
            row.name(), row.unit().text(), result.repetitions()));
    append(text, "ours:  " + row.ours().description(), result.oursSamples(), result.ours());
    append(text, "peer:  " + row.peer().description(), result.peerSamples(), result.peer());
    text.append(line("ratio, above 1 where ours is better", result.ratioSamples()));
    text.append(
        String.format(
            "machine: %s, %d cores; Java %s; %s%n",
            machine.processor(), machine.cores(), Runtime.version(), at));
    return text.toString();
  }

  private static void append(
      StringBuilder text, String what, Samples samples, List<Measurement> measurements) {
    text.append(line(what, samples));
    Result.also(measurements).forEach((name, also) -> text.append(line("       " + name, also)));
  }

  private static String line(String what, Samples samples) {
    return String.format(Locale.ROOT, "%-66s %s%n", what, samples.render());
  }

  /** Medians as {@code ours}, {@code peer} and {@code ratio}; everything else beside them. */
  String toJson() throws JsonProcessingException {
    Row row = result.row();
    ObjectNode json = JSON.createObjectNode();
    json.put("row", row.name());
    json.put("ours", result.oursSamples().median());
    json.put("peer", result.peerSamples().median());
    json.put("unit", row.unit().text());
    json.put("ratio", result.ratioSamples().median());
    json.put("repetitions", result.repetitions());
    json.set("samples", samples());
    json.set("sides", sides());
    json.set("machine", JSON.valueToTree(machine));
    json.put("java", Runtime.version().toString());
    json.put("date", at.toString());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  private ObjectNode samples() {
    ObjectNode json = JSON.createObjectNode();
    json.set("ours", JSON.valueToTree(result.oursSamples().values()));
    json.set("peer", JSON.valueToTree(result.peerSamples().values()));
    json.set("ratio", JSON.valueToTree(result.ratioSamples().values()));
    return json;
  }

  private ObjectNode sides() {
    ObjectNode json = JSON.createObjectNode();
    json.set("ours", side(result.row().ours(), result.ours()));
    json.set("peer", side(result.row().peer(), result.peer()));
    return json;
  }

  private static ObjectNode side(Side side, List<Measurement> measurements) {
    ObjectNode json = JSON.createObjectNode();
    json.put("description", side.description());
    ObjectNode also = json.putObject("also");
    Result.also(measurements)
        .forEach((name, samples) -> also.set(name, JSON.valueToTree(samples.values())));
    return json;
  }
}
