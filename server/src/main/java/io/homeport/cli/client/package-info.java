/** Talking to a server: requests, errors, event streams, tokens, and names that may be short. */
@NullMarked
package io.homeport.cli.client;

import org.jspecify.annotations.NullMarked;
