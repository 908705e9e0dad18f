package dev.lightningbridge.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists a command's options by what they are about, where the classes that hold them say so. */
public final class OptionSections {
  private OptionSections() {}

  /** Options that are listed under a heading of their own. */
  interface Headed {
    String heading();
  }

  /** Has the command and its subcommands list their options so. */
  public static void use(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::render);
    command.getSubcommands().values().forEach(OptionSections::use);
  }

  private static String render(Help help) {
    CommandSpec command = help.commandSpec();
    List<OptionSpec> rest = new ArrayList<>(command.options());
    StringBuilder sections = new StringBuilder();
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof Headed headed) {
        Set<String> names = names(mixin);
        List<OptionSpec> own =
            rest.stream().filter(option -> names.contains(option.longestName())).toList();
        rest.removeAll(own);
        sections.append("%n%s:%n%s".formatted(headed.heading(), section(help, own)));
      }
    }
    return section(help, rest) + sections;
  }

  private static Set<String> names(CommandSpec mixin) {
    return mixin.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
  }

  private static String section(Help help, List<OptionSpec> options) {
    return help.optionListExcludingGroups(
        options,
        help.createDefaultLayout(options, List.of(), help.colorScheme()),
        help.createDefaultOptionSort(),
        help.parameterLabelRenderer());
  }
}
