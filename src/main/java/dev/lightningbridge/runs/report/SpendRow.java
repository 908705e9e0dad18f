package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a role spent, as the report writes it.
 *
 * @param calls with those of them that had no answer, and why
 */
public record SpendRow(String role, String calls, String prompt, String completion, String usd) {

  /**
   * A limit beside what was spent of it.
   *
   * @param share spent, in percent, at most 100
   */
  public record Meter(String name, String spent, String limit, String share) {}

  static List<SpendRow> of(List<ReportData.RoleSpend> roles) {
    return roles.stream().map(role -> row(name(role.role()), role)).toList();
  }

  static SpendRow total(List<ReportData.RoleSpend> roles) {
    return row(
        "All",
        new ReportData.RoleSpend(
            ModelRole.WORKER,
            sum(roles),
            sum(roles, ReportData.RoleSpend::refused),
            sum(roles, ReportData.RoleSpend::empty),
            sum(roles, ReportData.RoleSpend::cutOff),
            sum(roles, ReportData.RoleSpend::failed)));
  }

  static List<Meter> meters(ReportData.Spending spending) {
    Spend sum = sum(spending.roles());
    List<Meter> meters = new ArrayList<>();
    add(meters, "calls", sum.calls(), spending.limits().calls(), Figures.count(sum.calls()));
    add(meters, "tokens", sum.tokens(), spending.limits().tokens(), Figures.count(sum.tokens()));
    Double usd = spending.limits().usd();
    if (usd != null) {
      meters.add(
          new Meter("US dollars", Figures.usd(sum.usd()), Figures.usd(usd), share(sum.usd(), usd)));
    }
    return meters;
  }

  private static void add(
      List<Meter> meters, String name, long spent, @Nullable Long limit, String text) {
    if (limit != null) {
      meters.add(
          new Meter(name, text, Figures.count(limit), share((double) spent, (double) limit)));
    }
  }

  private static String share(double spent, double limit) {
    double share = limit > 0 ? Math.min(100, 100 * spent / limit) : 100;
    return String.format(Locale.ROOT, "%.1f", share);
  }

  private static Spend sum(List<ReportData.RoleSpend> roles) {
    Spend sum = Spend.NOTHING;
    for (ReportData.RoleSpend role : roles) {
      sum = sum.plus(role.spend());
    }
    return sum;
  }

  private static long sum(
      List<ReportData.RoleSpend> roles, ToLongFunction<ReportData.RoleSpend> part) {
    return roles.stream().mapToLong(part).sum();
  }

  private static SpendRow row(String name, ReportData.RoleSpend role) {
    Spend spend = role.spend();
    return new SpendRow(
        name,
        Figures.count(spend.calls())
            + part(spend.turnedDown(), "turned down")
            + part(role.refused(), "refused")
            + part(role.empty(), "empty")
            + part(role.cutOff(), "cut off")
            + part(role.failed(), "failed"),
        Figures.count(spend.promptTokens()),
        Figures.count(spend.completionTokens()),
        Figures.usd(spend.usd()));
  }

  private static String part(long count, String what) {
    return count == 0 ? "" : ", " + Figures.count(count) + " " + what;
  }

  private static String name(ModelRole role) {
    return switch (role) {
      case WORKER -> "Worker: runs the agent";
      case CRITIC -> "Critic: finds faults in prompts";
      case EDITOR -> "Editor: rewrites prompts";
      case JUDGE -> "Judge: scores outputs";
      case SYNTHESIZER -> "Synthesizer: makes up inputs";
    };
  }
}
