package io.syllabus.spark.session;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Gives executors the locale that the driver has, whatever their machines': the numbers in the
 * names of a table's files have the digits 0 to 9 everywhere.
 */
public final class LocalePlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnExecutor implements ExecutorPlugin {
    @Override
    public void init(PluginContext plugin, Map<String, String> nothing) {
      Locale.setDefault(Locale.ROOT);
    }
  }
}
