package dev.lightningbridge.demo;

import dev.lightningbridge.common.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Reviews to be called positive or negative, written for the demo on a small real model: what an
 * agent's tasks are where its answers are known.
 */
public final class ReviewTasks {
  /** What the agent is told at first; instructions alone hardly steer so small a model. */
  public static final String PROMPT =
      "Classify the sentiment of the review. Answer with one word: positive or negative.";

  private static final String RESOURCE = "/demo/reviews.csv";

  private ReviewTasks() {}

  /** Writes them as CSV with the columns input and expected. */
  public static void write(Path file) {
    try (InputStream reviews =
        Objects.requireNonNull(ReviewTasks.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      WholeFile.write(file, reviews::transferTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the agents of this Training Camp database answer without chance. */
  public static void makeGreedy(Path camp) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + camp);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE agent_definitions SET parameters ="
              + " json_set(parameters, '$.temperature', 0.0, '$.maxTokens', 16)");
    } catch (SQLException e) {
      throw new IllegalStateException("the demo's database cannot be changed", e);
    }
  }
}
