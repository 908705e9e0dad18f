/**
 * The door for assistants that speak the Model Context Protocol. The entries are {@link
 * dev.lightningbridge.mcp.RunTools}, {@link dev.lightningbridge.mcp.JudgeTools} and {@link
 * dev.lightningbridge.mcp.ProposalTools}.
 */
@NullMarked
package dev.lightningbridge.mcp;

import org.jspecify.annotations.NullMarked;
