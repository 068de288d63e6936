/**
 * The command line: a client of the REST API with tables for people and JSON for programs. One file
 * per command; {@link io.homeport.cli.CommandTree} puts them together.
 */
@NullMarked
package io.homeport.cli;

import org.jspecify.annotations.NullMarked;
