package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to models that the run serves itself there, and all others to its endpoint.
 * Thread-safe.
 */
public final class OwnModels implements ChatModel {
  private final ChatModel others;
  private volatile @Nullable Served served;

  /** Models behind one server, by their names in the run, with the names there. */
  private record Served(ChatModel server, Map<String, String> names) {}

  public OwnModels(ChatModel others) {
    this.others = others;
  }

  /**
   * From now on the server answers for these models.
   *
   * @param names the models' names in the run, with the server's own
   */
  public void serve(ChatModel server, Map<String, String> names) {
    served = new Served(server, Map.copyOf(names));
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    Served own = served;
    String there = own == null ? null : own.names().get(request.model());
    if (own == null || there == null) {
      return others.complete(request);
    }
    try {
      return own.server().complete(request.withModel(there));
    } catch (ModelException e) {
      throw ofTheModel(e);
    }
  }

  /** Nothing stands before such a model: an answer without words is its own, and so the agent's. */
  private static ModelException ofTheModel(ModelException e) {
    return e.kind() == Kind.CUT_OFF || e.kind() == Kind.EMPTY_ANSWER
        ? new ModelException(Kind.SAID_NOTHING, String.valueOf(e.getMessage()))
        : e;
  }

  @Override
  public String endpointOf(ChatRequest request) {
    Served own = served;
    return own != null && own.names().containsKey(request.model())
        ? "own"
        : others.endpointOf(request);
  }
}
