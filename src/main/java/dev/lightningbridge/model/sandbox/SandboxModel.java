package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.model.sandbox.requests.Conversation;
import dev.lightningbridge.model.sandbox.requests.Part;
import java.time.Duration;

/**
 * A simulated model. It plays worker, critic, editor, GEPA's reflector, judge and synthesizer, told
 * by the fixed phrases of the published meta-prompts or by a model name that ends in {@code
 * -worker}, {@code -critic}, {@code -editor}, {@code -judge} and so on. Its answer is a function of
 * the request's body, the seed and, above temperature 0, the request's ordinal; nothing is
 * remembered. What it shows is that the pipeline works, never that a prompt is good. Thread-safe.
 */
public final class SandboxModel implements ChatModel {
  private static final long CREATED = 1_767_225_600L;
  private static final int CHARACTERS_A_TOKEN = 4;

  private final World world;
  private final Duration latency;
  private final SandboxWorker worker;
  private final Critic critic;
  private final Editor editor;
  private final Reflector reflector;
  private final Judge judge;
  private final Synthesizer synthesizer;

  private SandboxModel(Builder builder) {
    this.world = new World(builder.seed);
    this.latency = builder.latency;
    this.worker = new SandboxWorker(world);
    this.critic = new Critic(world);
    this.editor = new Editor(world);
    this.reflector = new Reflector(critic, editor);
    this.judge = new Judge(world, builder.judge, builder.feedback);
    this.synthesizer = new Synthesizer(world);
  }

  public static SandboxModel ofSeed(long seed) {
    return builder().seed(seed).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    Conversation conversation = Conversation.of(request);
    waitAsAModelDoes();
    String text =
        switch (Part.of(conversation)) {
          case WORKER -> worker.answer(conversation);
          case CRITIC -> critic.answer(conversation);
          case EDITOR -> editor.answer(conversation, false);
          case CAREFUL_EDITOR -> editor.answer(conversation, true);
          case REFLECTOR -> reflector.answer(conversation);
          case JUDGE -> judge.answer(conversation);
          case SYNTHESIZER -> synthesizer.answer(conversation);
        };
    return answer(request, conversation, text);
  }

  private void waitAsAModelDoes() throws ModelException {
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(
          ModelException.Kind.CANCELLED, "sandbox: interrupted while it waited", null, e);
    }
  }

  private ChatAnswer answer(ChatRequest request, Conversation conversation, String text) {
    long most = request.body().path("max_tokens").asLong(Integer.MAX_VALUE);
    boolean whole = text.length() / CHARACTERS_A_TOKEN <= most;
    String said = whole ? text : text.substring(0, (int) most * CHARACTERS_A_TOKEN);
    long prompt = conversation.whole().length() / CHARACTERS_A_TOKEN;
    long completion = said.length() / CHARACTERS_A_TOKEN;
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", "chatcmpl-sandbox-" + Sha256.hex(conversation.key()).substring(0, 16));
    body.put("object", "chat.completion");
    body.put("created", CREATED);
    body.put("model", request.model());
    body.put("system_fingerprint", "sandbox-" + world.seed());
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", said);
    choice.put("finish_reason", whole ? "stop" : "length");
    body.putObject("usage")
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
    return new ChatAnswer(body, new Usage(prompt, completion, false));
  }

  /** What a sandbox is made with. */
  public static final class Builder {
    private long seed;
    private Duration latency = Duration.ZERO;
    private JudgeHabit judge = JudgeHabit.CAREFUL;
    private Feedback feedback = Feedback.RICH;

    private Builder() {}

    /** What the domains demand and all of its chance come from it. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** How long each call takes; none by default. */
    public Builder latency(Duration value) {
      this.latency = value;
      return this;
    }

    /** How its judge scores; carefully by default. */
    public Builder judge(JudgeHabit value) {
      this.judge = value;
      return this;
    }

    /** How much its judge tells beside the score; rich by default. */
    public Builder feedback(Feedback value) {
      this.feedback = value;
      return this;
    }

    public SandboxModel build() {
      return new SandboxModel(this);
    }
  }
}
