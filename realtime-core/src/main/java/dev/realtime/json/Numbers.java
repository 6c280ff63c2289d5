package dev.realtime.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;

/**
 * Makes the number nodes: a number has one form whatever it was read from, and is always one that JSON can write.
 * What is beyond the range of a double, such as {@code 1e400}, becomes the largest one.
 */
final class Numbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    Numbers() {}

    @Override
    public NumericNode numberNode(long value) {
        return value == (int) value ? super.numberNode((int) value) : super.numberNode(value);
    }

    @Override
    public NumericNode numberNode(double value) {
        return super.numberNode(Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
    }
}
