package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the criteria of a task come from its expected output and its checks. A number is compared by
 * its value, and of a list any one is enough.
 */
enum Rules {
  /** The checks where the task has any, else the expected output: as members where it is JSON. */
  AUTO {
    @Override
    List<Criterion> of(Task task, @Nullable Expected wanted) {
      List<Criterion> checks = task.checks().stream().map(c -> criterion(task, c)).toList();
      return !checks.isEmpty() || wanted == null
          ? checks
          : jsonObject(wanted).map(JsonMembers::criteria).orElseGet(() -> EXACT.of(task, wanted));
    }
  },

  EXACT {
    @Override
    List<Criterion> of(Task task, @Nullable Expected wanted) {
      return wanted == null ? List.of() : List.of(equal(task, wanted));
    }
  },

  CONTAINS {
    @Override
    List<Criterion> of(Task task, @Nullable Expected wanted) {
      return checksOr(task, Check.Contains.class, wanted, Rules::held);
    }
  },

  REGEX {
    @Override
    List<Criterion> of(Task task, @Nullable Expected wanted) {
      return checksOr(
          task,
          Check.Matches.class,
          wanted,
          expected -> new Criterion.HoldsMatch(pattern(task, expected.text())));
    }
  },

  JSON {
    @Override
    List<Criterion> of(Task task, @Nullable Expected wanted) {
      List<Criterion> all = new ArrayList<>();
      if (wanted != null) {
        all.addAll(JsonMembers.criteria(json(task, "expected", wanted.text())));
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
   * @param wanted one of the outputs that are right
   * @throws BridgeException where a pattern or JSON of the task cannot be read
   */
  abstract List<Criterion> of(Task task, @Nullable Expected wanted);

  /** The ways to be right, each as criteria that are all to be met; none as with {@link #of}. */
  List<List<Criterion>> ways(Task task) {
    Expected expected = task.expected();
    Stream<List<Criterion>> ways =
        expected == null
            ? Stream.of(of(task, null))
            : expected.alternatives().stream().map(wanted -> of(task, wanted));
    return ways.filter(way -> !way.isEmpty()).toList();
  }

  /** What {@link #AUTO} comes to for these tasks: exact, json, or checks where it differs. */
  static String nameOfAuto(List<Task> tasks) {
    if (tasks.stream().anyMatch(task -> !task.checks().isEmpty())) {
      return "checks";
    }
    long json = tasks.stream().filter(Rules::wantsMembers).count();
    return json == tasks.size() ? "json" : json == 0 ? "exact" : "checks";
  }

  private static boolean wantsMembers(Task task) {
    Expected expected = task.expected();
    return expected != null
        && expected.alternatives().stream().allMatch(wanted -> jsonObject(wanted).isPresent());
  }

  private static Criterion equal(Task task, Expected wanted) {
    return switch (wanted) {
      case Expected.Numeral number -> new Criterion.IsNumber(number);
      case Expected.Structure json ->
          new Criterion.HoldsMember(List.of(), json(task, "expected", json.text()));
      case Expected.Text text -> new Criterion.IsText(text.text());
      case Expected.AnyOf any -> throw new IllegalArgumentException("one at a time: " + any);
    };
  }

  private static Criterion held(Expected wanted) {
    return wanted instanceof Expected.Numeral number
        ? new Criterion.HoldsNumber(number)
        : new Criterion.HoldsText(wanted.text());
  }

  private static List<Criterion> checksOr(
      Task task,
      Class<? extends Check> kind,
      @Nullable Expected wanted,
      Function<Expected, Criterion> fallback) {
    List<Criterion> checks =
        task.checks().stream().filter(kind::isInstance).map(c -> criterion(task, c)).toList();
    return checks.isEmpty() && wanted != null ? List.of(fallback.apply(wanted)) : checks;
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

  private static Optional<JsonNode> jsonObject(Expected wanted) {
    return JsonMembers.parse(wanted.text()).filter(JsonNode::isObject);
  }

  private static BridgeException bad(Task task, String what, String name, String detail) {
    return new BridgeException(
        GradingError.BAD_CHECK,
        what.formatted(Excerpt.of(name), Excerpt.of(detail)),
        "task " + task.id(),
        "Correct the task, or choose another grader.");
  }
}
