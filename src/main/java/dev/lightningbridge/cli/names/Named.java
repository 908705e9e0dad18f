package dev.lightningbridge.cli.names;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.common.BridgeException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Something that a user can name.
 *
 * @param names what people call it
 */
public record Named(String id, List<String> names) {
  /** A shorter beginning fits by chance. */
  private static final int SHORTEST = 4;

  private static final int SHOWN = 5;

  /**
   * The one that was named: by its id, by a name of it, in capitals or not, or by the beginning of
   * its id or of a name, four characters or more.
   *
   * @throws BridgeException where several are meant
   */
  public static Optional<Named> one(String said, List<Named> all) {
    String text = said.strip();
    return only(text, all, each -> each.id.equals(text))
        .or(() -> only(text, all, each -> each.isCalled(text)))
        .or(() -> begun(text, all, each -> each.id.startsWith(text)))
        .or(() -> begun(text, all, each -> each.hasNameFrom(text)));
  }

  private static Optional<Named> begun(String text, List<Named> all, Predicate<Named> meant) {
    return text.length() < SHORTEST ? Optional.empty() : only(text, all, meant);
  }

  /** "Did you mean …? " of the one with the most similar name or id; empty where none is. */
  static String meant(String said, List<Named> all) {
    String best = "";
    int least = Math.max(1, said.length() / 3) + 1;
    for (Named each : all) {
      for (String name : each.names.isEmpty() ? List.of(each.id) : each.names) {
        int distance =
            EditDistance.between(said.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          best = "Did you mean %s (%s)? ".formatted(name, each.id);
        }
      }
    }
    return best;
  }

  private boolean hasNameFrom(String text) {
    return names.stream()
        .anyMatch(name -> name.strip().regionMatches(true, 0, text, 0, text.length()));
  }

  private boolean isCalled(String text) {
    return names.stream().anyMatch(name -> name.strip().equalsIgnoreCase(text));
  }

  private static Optional<Named> only(String said, List<Named> all, Predicate<Named> meant) {
    List<Named> found = all.stream().filter(meant).distinct().toList();
    if (found.size() > 1) {
      throw new BridgeException(
          CliError.AMBIGUOUS,
          "this fits %d of them".formatted(found.size()),
          said,
          "Give more of the id. It is one of: "
              + found.stream()
                  .limit(SHOWN)
                  .map(Named::inWords)
                  .collect(Collectors.joining(", ", "", found.size() > SHOWN ? ", …" : ".")));
    }
    return found.stream().findFirst();
  }

  private String inWords() {
    return names.isEmpty() ? id : "%s (%s)".formatted(id, names.getLast());
  }
}
