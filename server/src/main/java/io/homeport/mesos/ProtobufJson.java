package io.homeport.mesos;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.protobuf.Descriptors.EnumValueDescriptor;
import org.apache.mesos.protobuf.Descriptors.FieldDescriptor;
import org.apache.mesos.protobuf.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as the JSON that Mesos speaks: fields by their names in the {@code .proto} files, bytes
 * in base64, enums by name. Fields and enum values that this version does not know are passed over.
 */
final class ProtobufJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ProtobufJson() {}

  /** A message as JSON. */
  static ObjectNode write(Message message) {
    ObjectNode json = MAPPER.createObjectNode();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      FieldDescriptor type = field.getKey();
      if (type.isRepeated()) {
        ArrayNode array = json.putArray(type.getName());
        ((Collection<?>) field.getValue()).forEach(value -> array.add(value(type, value)));
      } else {
        json.set(type.getName(), value(type, field.getValue()));
      }
    }
    return json;
  }

  private static JsonNode value(FieldDescriptor type, Object value) {
    return switch (type.getJavaType()) {
      case MESSAGE -> write((Message) value);
      case ENUM -> MAPPER.valueToTree(((EnumValueDescriptor) value).getName());
      case BYTE_STRING ->
          MAPPER.valueToTree(
              Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING -> MAPPER.valueToTree(value);
    };
  }

  /** Fills a message from JSON. */
  static void read(JsonNode json, Message.Builder message) {
    for (FieldDescriptor type : message.getDescriptorForType().getFields()) {
      JsonNode found = json.get(type.getName());
      if (found == null || found.isNull()) {
        continue;
      }
      if (type.isMapField()) {
        continue; // only limits of tasks, which we do not set
      }
      if (type.isRepeated()) {
        for (JsonNode item : found) {
          parsed(item, type, message).forEach(value -> message.addRepeatedField(type, value));
        }
      } else {
        parsed(found, type, message).forEach(value -> message.setField(type, value));
      }
    }
  }

  /** The value, or nothing if it is an enum value that is not known. */
  private static List<Object> parsed(JsonNode json, FieldDescriptor type, Message.Builder parent) {
    List<Object> value = new ArrayList<>();
    switch (type.getJavaType()) {
      case MESSAGE -> {
        Message.Builder inner = parent.newBuilderForField(type);
        read(json, inner);
        value.add(inner.build());
      }
      case ENUM -> {
        EnumValueDescriptor known = type.getEnumType().findValueByName(json.asString());
        if (known != null) {
          value.add(known);
        }
      }
      case BYTE_STRING ->
          value.add(ByteString.copyFrom(Base64.getDecoder().decode(json.asString())));
      case INT -> value.add(json.asInt());
      case LONG -> value.add(json.asLong());
      case FLOAT -> value.add(json.floatValue());
      case DOUBLE -> value.add(json.asDouble());
      case BOOLEAN -> value.add(json.asBoolean());
      case STRING -> value.add(json.asString());
    }
    return value;
  }
}
