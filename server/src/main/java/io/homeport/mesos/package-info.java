/**
 * The Mesos engine: a translation between the core's calls and events and Mesos's v1 HTTP API. The
 * only package that sees protobuf.
 */
@NullMarked
package io.homeport.mesos;

import org.jspecify.annotations.NullMarked;
