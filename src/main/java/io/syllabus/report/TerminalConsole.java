package io.syllabus.report;

import io.syllabus.Text;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Gives results to standard output. Failures and progress go to standard error: a terminal gets
 * progress bars, a file or a pipe plain lines.
 */
public final class TerminalConsole implements Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * @param out for results
   * @param err for failures and progress
   * @param terminal whether a bar can be redrawn in place
   */
  public TerminalConsole(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** The process's own streams; the launcher knows whether standard error is a terminal. */
  public static TerminalConsole standard() {
    return new TerminalConsole(System.out, System.err, Boolean.getBoolean("syllabus.terminal"));
  }

  @Override
  public void say(String line) {
    print(line, out);
  }

  @Override
  public void complain(String line) {
    print(line, err);
  }

  private static void print(String line, PrintStream stream) {
    stream.println(line);
    stream.flush();
  }

  @Override
  public Progress start(String work, String unit, long total) {
    return terminal ? new Bar(work, unit, total) : new Lines(work, unit);
  }

  private static final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(String work, String unit, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(work)
              .setUnit(unit, 1)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }

    @Override
    public void advanceTo(long done) {
      bar.stepTo(done);
    }

    @Override
    public void note(String words) {
      bar.setExtraMessage(words);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line when the work ends, and one every ten seconds before. */
  private final class Lines implements Progress {
    private static final long QUIET_NANOS = 10_000_000_000L;
    private final String work;
    private final String unit;
    private final long began = System.nanoTime();
    private long said = began;
    private long done;
    private String words = "";

    Lines(String work, String unit) {
      this.work = work;
      this.unit = unit;
    }

    @Override
    public synchronized void advanceTo(long images) {
      done = images;
      if (System.nanoTime() - said > QUIET_NANOS) {
        line();
      }
    }

    @Override
    public synchronized void note(String latest) {
      words = ", " + latest;
    }

    @Override
    public synchronized void close() {
      line();
    }

    private void line() {
      said = System.nanoTime();
      print(Text.format("%s: %,d%s, %.1f s%s", work, done, unit, (said - began) / 1e9, words), err);
    }
  }
}
