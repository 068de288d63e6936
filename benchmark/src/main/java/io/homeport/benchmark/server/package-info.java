/** The server with its store, its API and its processes. */
@NullMarked
package io.homeport.benchmark.server;

import org.jspecify.annotations.NullMarked;
