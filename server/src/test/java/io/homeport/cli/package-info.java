/** The command line against a small server that answers as the REST API does. */
@NullMarked
package io.homeport.cli;

import org.jspecify.annotations.NullMarked;
