package io.syllabus.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all repetitions of a row came to: as many measurements of ours as of the peer. */
record Result(Row row, List<Measurement> ours, List<Measurement> peer) {
  Result {
    ours = List.copyOf(ours);
    peer = List.copyOf(peer);
  }

  int repetitions() {
    return ours.size();
  }

  Samples oursSamples() {
    return values(ours);
  }

  Samples peerSamples() {
    return values(peer);
  }

  /** How many times better ours was, repetition by repetition. */
  Samples ratioSamples() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < repetitions(); i++) {
      ratios.add(row.unit().ratio(ours.get(i).value(), peer.get(i).value()));
    }
    return new Samples(ratios);
  }

  /** The figures that a side gave beside its value in every repetition. */
  static Map<String, Samples> also(List<Measurement> measurements) {
    Map<String, Samples> figures = new LinkedHashMap<>();
    for (String name : measurements.get(0).also().keySet()) {
      figures.put(name, new Samples(measurements.stream().map(m -> m.also().get(name)).toList()));
    }
    return figures;
  }

  private static Samples values(List<Measurement> measurements) {
    return new Samples(measurements.stream().map(Measurement::value).toList());
  }
}
