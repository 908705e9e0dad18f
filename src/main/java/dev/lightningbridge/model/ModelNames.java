package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the endpoint's models a call goes to: the one set for its role; else the one that the
 * request names; else the worker's. Aliases then map names of a database to the endpoint's.
 *
 * <p>A request may name a role in place of a model, {@code lightning-bridge-critic}: so a program
 * outside says what its call is for ({@link #placeholder}, {@link #role}).
 */
public final class ModelNames {
  private static final String PLACEHOLDER = "lightning-bridge-";
  private static final String SANDBOX = "sandbox-";

  private final Map<ModelRole, String> byRole;
  private final Map<String, String> aliases;
  private final String fallback;

  private ModelNames(Builder builder) {
    byRole = new EnumMap<>(ModelRole.class);
    byRole.putAll(builder.byRole);
    aliases = Map.copyOf(builder.aliases);
    fallback = byRole.getOrDefault(ModelRole.WORKER, builder.agentModel);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Every call keeps the model that it names. */
  public static ModelNames asRequested() {
    return builder().build();
  }

  /** The names by which the sandbox knows its roles. */
  public static ModelNames sandbox() {
    return sandbox(EnumSet.allOf(ModelRole.class));
  }

  /** The names by which the sandbox knows these roles; calls of others keep the model they name. */
  public static ModelNames sandbox(Set<ModelRole> roles) {
    Builder builder = builder();
    for (ModelRole role : roles) {
      builder.role(role, SANDBOX + role.name().toLowerCase(Locale.ROOT));
    }
    return builder.build();
  }

  /** The name by which a program outside asks for the role's model. */
  public static String placeholder(ModelRole role) {
    return PLACEHOLDER + role.name().toLowerCase(Locale.ROOT);
  }

  /** The placeholders of all roles. */
  public static List<String> placeholders() {
    return List.of(ModelRole.values()).stream().map(ModelNames::placeholder).toList();
  }

  /** The role that a model's name stands for; the worker's where it stands for none. */
  public static ModelRole role(String model) {
    for (ModelRole role : ModelRole.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      if (model.equals(PLACEHOLDER + name) || model.equals(SANDBOX + name)) {
        return role;
      }
    }
    return ModelRole.WORKER;
  }

  /** The request with the model that it goes to. */
  ChatRequest named(ChatRequest request) throws ModelException {
    String requested = request.model();
    String real = of(request.role(), requested);
    if (real.isEmpty()) {
      throw new ModelException(
          ModelException.Kind.BAD_REQUEST,
          "No model is named for the " + request.role().name().toLowerCase(Locale.ROOT));
    }
    return real.equals(requested) ? request : request.withModel(real);
  }

  /** The model that a call of the role goes to; empty where none is named. */
  public String of(ModelRole role, String requested) {
    String set = byRole.get(role);
    String model =
        set != null
            ? set
            : requested.isEmpty() || requested.startsWith(PLACEHOLDER) ? fallback : requested;
    return aliases.getOrDefault(model, model);
  }

  /** The models that calls of the roles are known to go to, before any call is made. */
  Collection<String> known(Set<ModelRole> roles) {
    return roles.stream()
        .map(role -> of(role, ""))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** Collects names. */
  public static final class Builder {
    private final Map<ModelRole, String> byRole = new EnumMap<>(ModelRole.class);
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private String agentModel = "";

    private Builder() {}

    /** Sends the role's calls to the model, whatever they name; null or empty sets nothing. */
    public Builder role(ModelRole role, @Nullable String model) {
      if (model != null && !model.isBlank()) {
        byRole.put(role, model.strip());
      }
      return this;
    }

    /** The agent version's own model: for calls that name none and whose role has none. */
    public Builder agentModel(@Nullable String model) {
      agentModel = model == null ? "" : model.strip();
      return this;
    }

    /**
     * Maps a name to another, in the form {@code FROM=TO}.
     *
     * @throws BridgeException LB-3006 where it is not of that form
     */
    public Builder alias(String alias) {
      int equals = alias.indexOf('=');
      String from = equals < 0 ? "" : alias.substring(0, equals).strip();
      String to = equals < 0 ? "" : alias.substring(equals + 1).strip();
      if (from.isEmpty() || to.isEmpty()) {
        throw new BridgeException(
            ModelError.ALIAS_INVALID,
            "The alias has no two names",
            "--alias " + alias,
            "Write it as --alias azure/gpt-4o=gpt-4o.");
      }
      return alias(from, to);
    }

    public Builder alias(String from, String to) {
      aliases.put(from, to);
      return this;
    }

    public ModelNames build() {
      return new ModelNames(this);
    }
  }
}
