package io.homeport.mesos.testing;

import java.util.Locale;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.Value;

/** A resource as Mesos writes it in messages for people. */
final class ResourceText {
  private ResourceText() {}

  static String of(Resource resource) {
    StringBuilder text = new StringBuilder(resource.getName());
    if (resource.hasAllocationInfo()) {
      text.append("(allocated: ").append(resource.getAllocationInfo().getRole()).append(')');
    }
    if (resource.getReservationsCount() > 0) {
      text.append("(reservations: [")
          .append(
              String.join(
                  ",",
                  resource.getReservationsList().stream().map(ResourceText::reservation).toList()))
          .append("])");
    }
    if (resource.getDisk().hasPersistence()) {
      text.append('[').append(resource.getDisk().getPersistence().getId());
      text.append(':').append(resource.getDisk().getVolume().getContainerPath()).append(']');
    }
    return text.append(':').append(amount(resource)).toString();
  }

  private static String reservation(ReservationInfo info) {
    StringBuilder text = new StringBuilder("(").append(info.getType()).append(',');
    text.append(info.getRole());
    if (info.hasPrincipal()) {
      text.append(',').append(info.getPrincipal());
    }
    if (info.hasLabels()) {
      text.append(",{");
      text.append(
          String.join(
              ", ",
              info.getLabels().getLabelsList().stream()
                  .map(label -> label.getKey() + ": " + label.getValue())
                  .toList()));
      text.append('}');
    }
    return text.append(')').toString();
  }

  private static String amount(Resource resource) {
    if (resource.getType() == Value.Type.SCALAR) {
      double value = resource.getScalar().getValue();
      return value == Math.rint(value)
          ? Long.toString((long) value)
          : String.format(Locale.ROOT, "%s", value);
    }
    return "["
        + String.join(
            ", ",
            resource.getRanges().getRangeList().stream()
                .map(range -> range.getBegin() + "-" + range.getEnd())
                .toList())
        + "]";
  }
}
