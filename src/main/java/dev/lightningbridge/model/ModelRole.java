package dev.lightningbridge.model;

/** What a model call is for. */
public enum ModelRole {
  /** Runs the agent on a task. */
  WORKER,
  /** Writes critiques. */
  CRITIC,
  /** Edits prompts. */
  EDITOR,
  /** Scores outputs. */
  JUDGE,
  /** Writes synthetic inputs. */
  SYNTHESIZER
}
