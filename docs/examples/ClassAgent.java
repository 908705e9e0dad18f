import dev.lightningbridge.agent.AgentException;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent that is a Java class, with nothing but the JDK: one object a rollout.
 *
 * <pre>
 * javac -cp lightning-bridge.jar -d build docs/examples/ClassAgent.java
 * scripts/bridge optimize … --agent-class ClassAgent --agent-path build
 * </pre>
 */
public final class ClassAgent implements AgentRunner {
  private static final Pattern CONTENT =
      Pattern.compile("\"content\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private final ModelEndpoint model;

  public ClassAgent(ModelEndpoint model) {
    this.model = model;
  }

  @Override
  public Output run(String prompt, Task task) throws AgentException {
    Message system = new Message("system", prompt);
    Message user = new Message("user", task.input());
    String text = ask(List.of(system, user));
    return new Output(List.of(system, user, new Message("assistant", text)), text);
  }

  private String ask(List<Message> messages) throws AgentException {
    String said =
        String.join(
            ", ",
            messages.stream()
                .map(m -> "{\"role\": %s, \"content\": %s}".formatted(json(m.role()), json(m.content())))
                .toList());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
            .header("Authorization", "Bearer " + model.token())
            .POST(HttpRequest.BodyPublishers.ofString("{\"messages\": [" + said + "]}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher content = CONTENT.matcher(answer.body());
      if (answer.statusCode() == 200 && content.find()) {
        return text(content.group(1));
      }
      throw failed("the model answered " + answer.statusCode());
    } catch (IOException e) {
      throw failed("the model cannot be reached: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static AgentException failed(String why) {
    return new AgentException(AgentException.Kind.EXIT_STATUS, why);
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
    }
    return json.append('"').toString();
  }

  private static String text(String json) {
    return Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))")
        .matcher(json)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null
                        ? String.valueOf((char) Integer.parseInt(found.group(1), 16))
                        : switch (found.group(2)) {
                          case "n" -> "\n";
                          case "t" -> "\t";
                          case "r" -> "\r";
                          case "b" -> "\b";
                          case "f" -> "\f";
                          default -> found.group(2);
                        }));
  }
}
