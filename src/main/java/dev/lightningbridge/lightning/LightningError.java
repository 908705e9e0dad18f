package dev.lightningbridge.lightning;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can go wrong with the Python trainers. */
public enum LightningError implements ErrorCode {
  ENVIRONMENT_MISSING(
      "LB-6001",
      ExitCode.ENVIRONMENT_MISSING,
      "The Python environment of the real agentlightning is not set up."),
  ENVIRONMENT_BROKEN(
      "LB-6002",
      ExitCode.ENVIRONMENT_MISSING,
      "The Python environment is incomplete, damaged or holds other versions than expected."),
  WORKER_NOT_STARTED(
      "LB-6003",
      ExitCode.FAILED,
      "The worker process could not be started or could not load Python."),
  WORKER_DIED("LB-6004", ExitCode.FAILED, "The worker process ended before its run had ended."),
  WORKER_HUNG("LB-6005", ExitCode.FAILED, "The worker process showed no life and was ended."),
  PYTHON_FAILED("LB-6006", ExitCode.FAILED, "The trainer ended with a Python error."),
  ROLLOUTS_FAILED(
      "LB-6007",
      ExitCode.FAILED,
      "Too many rollouts of an evaluation failed for its mean to be compared with others."),
  MODEL_CALLS_FAILED(
      "LB-6008", ExitCode.FAILED, "The model behind critic and editor could not be reached."),
  NO_TASKS(
      "LB-6009",
      ExitCode.BAD_INPUT,
      "There are no training or no validation tasks to search with."),
  GPU_MISSING(
      "LB-6021", ExitCode.ENVIRONMENT_MISSING, "The training asks for a GPU that is not there."),
  MODEL_UNUSABLE("LB-6022", ExitCode.BAD_INPUT, "The base model cannot be loaded or trained."),
  SETTING_REFUSED(
      "LB-6023", ExitCode.USAGE, "The trainer has no such setting, or it is not for overrides."),
  TRAINING_DIVERGED("LB-6024", ExitCode.FAILED, "The loss of the training is no number any more."),
  MODEL_NOT_SERVED(
      "LB-6025", ExitCode.FAILED, "The server of the models on this machine could not be started."),
  SERVICES_NOT_STARTED(
      "LB-6026", ExitCode.FAILED, "agentlightning's gateway or controller could not be started."),
  PROMPTS_TOO_LONG(
      "LB-6027", ExitCode.USAGE, "The prompts are longer than the training has room for.");

  private final Meaning meaning;

  LightningError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
