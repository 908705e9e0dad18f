package dev.lightningbridge.model;

/**
 * Something that answers chat completions: an upstream, the sandbox, or the gateway before them.
 */
public interface ChatModel {
  /**
   * @throws ModelException where no answer can be had; its kind says whose fault that is
   */
  ChatAnswer complete(ChatRequest request) throws ModelException;

  /**
   * Names the endpoint that the request goes to. What goes to one waits and is left alone together;
   * all does unless a model says otherwise.
   */
  default String endpointOf(ChatRequest request) {
    return "";
  }
}
