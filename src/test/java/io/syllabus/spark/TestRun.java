package io.syllabus.spark;

import io.syllabus.Seeds;
import io.syllabus.augment.Framing;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import io.syllabus.data.Inventory;
import io.syllabus.network.Blueprint;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Sgd;
import io.syllabus.report.Console;
import io.syllabus.spark.ingest.Ingest;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.spark.ingest.Splitting;
import io.syllabus.spark.score.Scoring;
import io.syllabus.spark.shard.Sharding;
import io.syllabus.spark.shard.Shares;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A run whose images, drawn digits, are ingested and split, ready to be trained on. */
public record TestRun(Settings settings, Store.Run run, Inventory inventory) {
  public static TestRun in(Path folder) throws IOException {
    Settings settings = LocalSpark.settings("store=" + folder);
    Store store = Store.at(settings.store(), LocalSpark.hadoop());
    Store.Run run = store.run("test");
    Inventory inventory =
        new Ingest(LocalSpark.session(), store, "test", settings.data())
            .run(
                new Sources(settings, store, LocalSpark.hadoop()).find(Console.silent()),
                Console.silent())
            .inventory();
    Splitting.of(LocalSpark.session(), settings)
        .run(store.examples(), 0, LocalSpark.nobodyAsked(), run.split());
    return new TestRun(settings, run, inventory);
  }

  public int classes() {
    return inventory.classes().size();
  }

  public Shares shares(int workers) {
    return shares(workers, 1);
  }

  public Shares shares(int workers, int batches) {
    return Shares.of(
        LocalSpark.session(),
        run,
        new Sharding(settings.data().shards(), batches),
        settings.data().imageSize(),
        inventory.classes(),
        workers,
        LocalSpark.shippedHadoop());
  }

  public Scoring scoring(Shares shares) {
    return new Scoring(
        LocalSpark.context(),
        shares,
        settings.network().engine(),
        Framing.of(settings.data()),
        settings.scoring().batchSize(),
        LocalSpark.shippedHadoop());
  }

  /** The network that a cycle begins with, whose learning rate falls over so many steps. */
  public ComputationGraph freshNetwork(TrainingSettings training, int steps, int cycle) {
    Sgd sgd = Sgd.of(training.learningRate(), training.momentum(), training.l2(), steps);
    return new NetworkDesign(
            Blueprint.of(settings.network().architecture(), settings.data().imageSize(), classes()),
            sgd,
            Seeds.derive(settings.seed(), "network", cycle),
            settings.network().engine())
        .fresh();
  }

  public NetworkSnapshot freshNetwork() {
    return NetworkSnapshot.of(freshNetwork(settings.training(), 1, 0));
  }
}
