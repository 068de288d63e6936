/** Small operations, measured by JMH. */
@NullMarked
package io.homeport.benchmark.micro;

import org.jspecify.annotations.NullMarked;
