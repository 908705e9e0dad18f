/** What clients ask for, and what is made of it. */
@NullMarked
package dev.lightningbridge.api.requests;

import org.jspecify.annotations.NullMarked;
