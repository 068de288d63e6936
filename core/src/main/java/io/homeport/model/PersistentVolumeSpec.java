package io.homeport.model;

import java.util.List;
import java.util.Optional;

/**
 * A persistent volume that each instance of an app has.
 *
 * @param containerPath where the task sees it: a name in the sandbox, or an absolute path in a
 *     container with an image
 * @param mode always {@link AccessMode#RW}, as in Marathon
 * @param type where it is taken from
 * @param sizeMib its size in MiB, above 0
 * @param maxSizeMib the largest mount disk acceptable in MiB; only for {@link DiskType#MOUNT}
 * @param profileName the storage profile a disk must have (Mesos, CSI)
 * @param constraints what the disk's path must look like; only for PATH and MOUNT
 */
public record PersistentVolumeSpec(
    String containerPath,
    AccessMode mode,
    DiskType type,
    double sizeMib,
    Optional<Double> maxSizeMib,
    Optional<String> profileName,
    List<Constraint> constraints) {}
