package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What a process can be sent. */
public enum Signal {
  KILL,
  /** Freezes it. */
  STOP,
  /** Wakes it. */
  CONT;

  public void send(ProcessHandle process) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name(), String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -%s %s", name(), process.pid()).isZero();
  }
}
