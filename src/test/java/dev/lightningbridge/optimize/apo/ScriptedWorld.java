package dev.lightningbridge.optimize.apo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A world in which rewards and answers are pure functions of what they are asked about, the same
 * ones as in real_apo.py, with switches for what can go wrong. Prompts, tasks and critiques are
 * tokens like {@code [P:…]}, so that a request's text shows what it is about.
 */
final class ScriptedWorld implements AgentRunner, Grader, ChatModel {
  private static final Pattern PROMPT = Pattern.compile("\\[P:\\w+]");
  private static final Pattern TASK = Pattern.compile("\\[T:\\w+]");
  private static final Pattern CRITIQUE = Pattern.compile("\\[C:\\w+]");

  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  final Cancellation cancellation = new Cancellation();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  Trouble trouble = (role, text) -> {};
  Rewards rewards = ScriptedWorld::reward;
  List<HumanNote> humanNotes = List.of();

  /** Happens before a call is answered. */
  interface Trouble {
    void before(ModelRole role, String text) throws ModelException, InterruptedException;
  }

  interface Rewards {
    double of(String prompt, String task);
  }

  OptimizationResult search(JavaOptimizer optimizer, ApoSettings settings, long seed) {
    return optimizer.optimize(
        new OptimizationJob(
            "run", "[P:seed]", tasks("t", 8), tasks("v", 10), humanNotes, settings, seed),
        context());
  }

  Context context() {
    return new Context(
        new RolloutRunner(this, this),
        this,
        new ModelEndpoint(URI.create("http://127.0.0.1/v1"), "none"),
        events::add,
        cancellation);
  }

  static List<Task> tasks(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> task("[T:" + prefix + i + "]")).toList();
  }

  static Task task(String input) {
    return new Task(input, input, null, List.of(), null, TaskSource.PROVIDED);
  }

  <E extends RunEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public Output run(String prompt, Task task) throws ModelException {
    call(ModelRole.WORKER, prompt + task.input());
    return new Output(
        List.of(
            new Message("system", prompt),
            new Message("user", task.input()),
            new Message("assistant", prompt)),
        prompt);
  }

  @Override
  public Grade grade(Task task, String output) {
    return new Grade(rewards.of(output, task.input()), "");
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    StringBuilder text = new StringBuilder();
    request.body().path("messages").forEach(m -> text.append(m.path("content").asText()));
    call(request.role(), text.toString());
    return answer(answerTo(request.role(), text.toString()));
  }

  private static String answerTo(ModelRole role, String text) {
    String prompt = all(PROMPT, text).getFirst();
    if (role == ModelRole.CRITIC) {
      List<String> about = new ArrayList<>(List.of("C", used(MetaPrompt.CRITIQUES, text), prompt));
      about.addAll(all(TASK, text));
      return answered(about);
    }
    return answered(
        List.of("P", used(MetaPrompt.EDITS, text), prompt, all(CRITIQUE, text).getFirst()));
  }

  /** Which of the meta-prompts the text was made from. */
  private static String used(List<MetaPrompt> metaPrompts, String text) {
    for (int i = 0; i < metaPrompts.size(); i++) {
      String all = metaPrompts.get(i).system() + metaPrompts.get(i).user();
      if (text.contains(all.lines().findFirst().orElseThrow())) {
        return String.valueOf(i);
      }
    }
    throw new AssertionError("none of the meta-prompts: " + text);
  }

  private static String answered(List<String> about) {
    String hashed = digest(about);
    return hashed.startsWith("0")
        ? ""
        : "[%s:%s]".formatted(about.getFirst(), hashed.substring(0, 12));
  }

  static double reward(String prompt, String task) {
    return Integer.parseInt(digest(List.of("reward", prompt, task)).substring(0, 2), 16) % 9 / 8.0;
  }

  private static String digest(List<String> parts) {
    try {
      byte[] text = String.join("|", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> all(Pattern token, String text) {
    LinkedHashSet<String> found = new LinkedHashSet<>();
    Matcher matcher = token.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return List.copyOf(found);
  }

  private void call(ModelRole role, String text) throws ModelException {
    calls.incrementAndGet();
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      trouble.before(role, text);
    } catch (InterruptedException e) {
      throw new ModelException(ModelException.Kind.CANCELLED, "interrupted");
    } finally {
      running.decrementAndGet();
    }
  }

  static ChatAnswer answer(String content) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices").addObject().putObject("message").put("content", content);
    return new ChatAnswer(body, new Usage(0, 0, true));
  }
}
