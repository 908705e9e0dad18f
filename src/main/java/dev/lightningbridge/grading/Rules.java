package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** How the criteria of a task come from its expected output and its checks. */
enum Rules {
  /** The checks where the task has any, else the expected output: as members where it is JSON. */
  AUTO {
    @Override
    List<Criterion> of(Task task) {
      List<Criterion> checks = task.checks().stream().map(c -> criterion(task, c)).toList();
      if (!checks.isEmpty() || task.expected() == null) {
        return checks;
      }
      return jsonObject(task.expected()).map(JsonMembers::criteria).orElseGet(() -> EXACT.of(task));
    }
  },

  EXACT {
    @Override
    List<Criterion> of(Task task) {
      return task.expected() == null ? List.of() : List.of(new Criterion.IsText(task.expected()));
    }
  },

  CONTAINS {
    @Override
    List<Criterion> of(Task task) {
      return checksOr(task, Check.Contains.class, Criterion.HoldsText::new);
    }
  },

  REGEX {
    @Override
    List<Criterion> of(Task task) {
      return checksOr(
          task, Check.Matches.class, expected -> new Criterion.HoldsMatch(pattern(task, expected)));
    }
  },

  JSON {
    @Override
    List<Criterion> of(Task task) {
      List<Criterion> all = new ArrayList<>();
      if (task.expected() != null) {
        all.addAll(JsonMembers.criteria(json(task, "expected", task.expected())));
      }
      task.checks().stream()
          .filter(Check.JsonField.class::isInstance)
          .map(check -> criterion(task, check))
          .forEach(all::add);
      return all;
    }
  };

  /**
   * The task's criteria; none where it lacks what they are made from.
   *
   * @throws BridgeException where a pattern or JSON of the task cannot be read
   */
  abstract List<Criterion> of(Task task);

  /** What {@link #AUTO} comes to for these tasks: exact, json, or checks where it differs. */
  static String nameOfAuto(List<Task> tasks) {
    if (tasks.stream().anyMatch(task -> !task.checks().isEmpty())) {
      return "checks";
    }
    long json = tasks.stream().filter(t -> jsonObject(t.expected()).isPresent()).count();
    return json == tasks.size() ? "json" : json == 0 ? "exact" : "checks";
  }

  private static List<Criterion> checksOr(
      Task task, Class<? extends Check> kind, Function<String, Criterion> fallback) {
    List<Criterion> checks =
        task.checks().stream().filter(kind::isInstance).map(c -> criterion(task, c)).toList();
    return checks.isEmpty() && task.expected() != null
        ? List.of(fallback.apply(task.expected()))
        : checks;
  }

  private static Criterion criterion(Task task, Check check) {
    return switch (check) {
      case Check.Contains c -> new Criterion.HoldsText(c.text());
      case Check.Matches m -> new Criterion.HoldsMatch(pattern(task, m.regex()));
      case Check.JsonField f ->
          new Criterion.HoldsMember(
              List.of(f.path().split("\\.", -1)), json(task, f.path(), f.json()));
    };
  }

  private static Pattern pattern(Task task, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw bad(task, "the regular expression %s is wrong: %s", regex, e.getDescription());
    }
  }

  private static JsonNode json(Task task, String what, String text) {
    return JsonMembers.parse(text)
        .orElseThrow(() -> bad(task, "the JSON of %s cannot be read: %s", what, text));
  }

  private static Optional<JsonNode> jsonObject(@Nullable String text) {
    return Optional.ofNullable(text).flatMap(JsonMembers::parse).filter(JsonNode::isObject);
  }

  private static BridgeException bad(Task task, String what, String name, String detail) {
    return new BridgeException(
        GradingError.BAD_CHECK,
        what.formatted(Excerpt.of(name), Excerpt.of(detail)),
        "task " + task.id(),
        "Correct the task, or choose another grader.");
  }
}
