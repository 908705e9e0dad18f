package dev.lightningbridge.runs.training;

import dev.lightningbridge.model.ChatModel;

/** Models that are served on this machine while this is open. */
public interface ServedModels extends AutoCloseable {
  /** Answers for each of them by the name that it was given. */
  ChatModel model();

  @Override
  void close();
}
