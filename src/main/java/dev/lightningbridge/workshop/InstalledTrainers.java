package dev.lightningbridge.workshop;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.ModelServer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.lightning.RlTrainer;
import dev.lightningbridge.lightning.TrlTrainer;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.training.ServedModels;
import dev.lightningbridge.runs.training.Trainers;
import java.nio.file.Path;
import java.util.Map;

/** The trainers that this machine can run. */
public final class InstalledTrainers implements Trainers {
  @Override
  public ModelTrainer trainer(TrainingSettings settings) {
    return switch (settings.algorithm()) {
      case SFT, DPO -> {
        TrlTrainer.requireModel(settings.model());
        yield new TrlTrainer(settings.algorithm(), tuning());
      }
      case RL -> RlTrainer.of(settings, System.getenv());
    };
  }

  @Override
  public ServedModels serve(
      Map<String, Path> models, TrainingSettings settings, Cancellation cancellation) {
    try {
      ModelServer server = ModelServer.start(tuning(), models, settings.gpus() > 0, cancellation);
      return new OwnServer(server, OpenAiUpstream.at(server.baseUrl()).direct().build());
    } catch (BridgeException e) {
      throw new CannotServe(e);
    }
  }

  private record OwnServer(ModelServer server, OpenAiUpstream model) implements ServedModels {
    @Override
    public void close() {
      model.close();
      server.close();
    }
  }

  private static PythonEnvironment tuning() {
    return PythonEnvironment.find(EnvironmentKind.TUNE, System.getenv());
  }
}
