package dev.lightningbridge.model;

/**
 * Something that answers chat completions: an upstream, the sandbox, or the gateway before them.
 */
public interface ChatModel {
  /**
   * @throws ModelException where no answer can be had; its kind says whose fault that is
   */
  ChatAnswer complete(ChatRequest request) throws ModelException;
}
