@NullMarked
package io.homeport.benchmark;

import org.jspecify.annotations.NullMarked;
