package dev.lightningbridge.runs.report;

import java.util.List;

/**
 * What a run spent, as tables and meters show it.
 *
 * @param rows a role each
 * @param total of all roles
 * @param meters a limit each; empty where none was set
 */
public record SpendTable(List<SpendRow> rows, SpendRow total, List<SpendRow.Meter> meters) {
  public static SpendTable of(ReportData.Spending spending) {
    return new SpendTable(
        SpendRow.of(spending.roles()), SpendRow.total(spending.roles()), SpendRow.meters(spending));
  }
}
