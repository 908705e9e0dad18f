package dev.lightningbridge.agent;

import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AgentRunner} of the user's: one object a rollout, made by its public constructor that
 * takes a {@link ModelEndpoint}. It runs in this process, so nothing bounds it but time; one that
 * does not end when its thread is interrupted is left behind.
 */
final class ClassAgent implements AgentProgram {
  private final AgentChoice.JavaClass agent;
  private final Constructor<? extends AgentRunner> constructor;

  private ClassAgent(AgentChoice.JavaClass agent, Constructor<? extends AgentRunner> constructor) {
    this.agent = agent;
    this.constructor = constructor;
  }

  /**
   * Loads the class.
   *
   * @throws BridgeException LB-4101 where it is not there, or no such class
   */
  static ClassAgent of(AgentChoice.JavaClass agent) {
    try {
      Class<? extends AgentRunner> type =
          Class.forName(agent.name(), true, AgentClassPath.of(agent.path()))
              .asSubclass(AgentRunner.class);
      return new ClassAgent(agent, type.getConstructor(ModelEndpoint.class));
    } catch (ClassNotFoundException e) {
      throw unusable(agent, "it is not on its class path", e);
    } catch (ClassCastException e) {
      throw unusable(agent, "it does not implement " + AgentRunner.class.getName(), e);
    } catch (NoSuchMethodException e) {
      throw unusable(
          agent,
          "it has no public constructor with a %s alone".formatted(ModelEndpoint.class.getName()),
          e);
    } catch (LinkageError e) {
      throw unusable(agent, "it cannot be loaded: " + e, e);
    }
  }

  private static BridgeException unusable(AgentChoice.JavaClass agent, String why, Throwable e) {
    return new BridgeException(
        AgentError.UNUSABLE,
        "the agent's class %s cannot be used: %s".formatted(agent.name(), why),
        "--agent-class, --agent-path " + String.join(java.io.File.pathSeparator, agent.path()),
        "See docs/guides/agents.md for what the class must be.",
        e);
  }

  @Override
  public String answer(String prompt, Task task, ModelEndpoint models, Cancellation cancellation)
      throws AgentException, InterruptedException {
    FutureTask<String> work = new FutureTask<>(rollout(prompt, task, models));
    Thread thread = Thread.ofPlatform().daemon().name("agent").unstarted(work);
    thread.setContextClassLoader(constructor.getDeclaringClass().getClassLoader());
    thread.start();
    try (Cancellation.Registration registration = cancellation.onRequest(() -> work.cancel(true))) {
      String output = work.get(agent.timeoutSeconds(), TimeUnit.SECONDS);
      if (output.length() > MOST_BYTES) {
        throw failed(
            Kind.OUTPUT_TOO_LONG, "answered more than %,d characters".formatted(MOST_BYTES));
      }
      return output;
    } catch (TimeoutException e) {
      throw failed(
          Kind.AGENT_TIMED_OUT, "did not answer within %d s".formatted(agent.timeoutSeconds()));
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e), models);
    } catch (java.util.concurrent.CancellationException e) {
      throw new InterruptedException("cancelled");
    } finally {
      work.cancel(true);
    }
  }

  private Callable<String> rollout(String prompt, Task task, ModelEndpoint models) {
    return () -> {
      AgentRunner runner;
      try {
        runner = constructor.newInstance(models);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
      AgentRunner.@Nullable Output output = runner.run(prompt, task);
      return output == null || output.text() == null ? "" : output.text();
    };
  }

  private AgentException failure(Throwable cause, ModelEndpoint models) {
    if (cause instanceof AgentException own) {
      return own;
    }
    String what =
        cause instanceof ModelException ? String.valueOf(cause.getMessage()) : cause.toString();
    return failed(
        Kind.EXIT_STATUS,
        "failed: " + ControlText.onOneLine(what).replace(models.token(), "[key]"));
  }

  private AgentException failed(Kind kind, String what) {
    return new AgentException(kind, agent.inWords() + " " + what);
  }
}
