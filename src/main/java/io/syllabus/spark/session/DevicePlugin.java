package io.syllabus.spark.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.syllabus.config.NetworkSettings;
import io.syllabus.config.SettingsException;
import io.syllabus.network.Backend;
import io.syllabus.network.Device;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;

/**
 * Settles in each executor what networks are computed on, before anything is computed, and tells
 * the driver. Each task computes on the GPU that Spark gave it, on whatever thread it runs.
 */
public final class DevicePlugin implements SparkPlugin {
  /** Spark's key of what {@code network.device} says. */
  static final String ASKED = "spark.syllabus.device";

  private static final String GPU = "gpu";
  private static final long LIMIT_MILLIS = 60_000;

  @GuardedBy("DevicePlugin.class")
  private static final List<Report> REPORTS = new ArrayList<>();

  /**
   * What an executor says.
   *
   * @param words a description, or why there is no device
   */
  private record Report(boolean isRefusal, String words) implements Serializable {}

  /**
   * What the executors compute on, a line for each that differs. An executor is there a moment
   * before it says so: waits for it.
   *
   * @param executors how many are to say it; in local mode it is one
   * @throws SettingsException where one has not what is asked for
   */
  public static List<String> descriptions(int executors) {
    Waiting.until(() -> count() >= executors, LIMIT_MILLIS);
    return descriptions();
  }

  private static synchronized int count() {
    return REPORTS.size();
  }

  private static synchronized List<String> descriptions() {
    for (Report report : REPORTS) {
      if (report.isRefusal) {
        throw new SettingsException(List.of(report.words));
      }
    }
    return REPORTS.stream().map(Report::words).distinct().toList();
  }

  private static synchronized void forget() {
    REPORTS.clear();
  }

  private static synchronized void add(Report report) {
    REPORTS.add(report);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      forget();
      return Collections.emptyMap();
    }

    @Override
    public Object receive(Object message) {
      add((Report) message);
      return true;
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    // Asks for an answer: in local mode the driver goes on once it has one.
    @Override
    public void init(PluginContext plugin, Map<String, String> nothing) {
      CodecLibraries.settle();
      try {
        plugin.ask(report(plugin.conf().get(ASKED)));
      } catch (Exception e) {
        throw new IllegalStateException("Cannot tell the driver what there is to compute on", e);
      }
    }

    private static Report report(String asked) {
      try {
        Device device =
            Device.choose(NetworkSettings.Device.valueOf(asked.toUpperCase(Locale.ROOT)));
        String words = device.description() + "; " + Backend.start().description();
        return new Report(false, "Networks are computed " + words);
      } catch (SettingsException e) {
        return new Report(true, e.getMessage());
      }
    }

    @Override
    public void onTaskStart() {
      ResourceInformation gpu = TaskContext.get().resourcesJMap().get(GPU);
      if (gpu != null) {
        Device.use(Integer.parseInt(gpu.addresses()[0]));
      }
    }
  }
}
