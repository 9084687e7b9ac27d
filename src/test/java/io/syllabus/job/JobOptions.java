package io.syllabus.job;

import java.util.Set;
import picocli.CommandLine;

/** What jobs take on their command lines. */
public final class JobOptions {
  private JobOptions() {}

  public static Set<String> ofSelfTrain() {
    return new CommandLine(new SelfTrain(new RecordingConsole()))
        .getCommandSpec()
        .optionsMap()
        .keySet();
  }
}
