package dev.millrace.cli;

import dev.millrace.operators.order.Order;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The order of a job as users write it. */
final class OrderOption implements ITypeConverter<Order> {

    @Override
    public Order convert(String text) {
        return switch (text) {
            case "arrival" -> Order.ARRIVAL;
            case "event-time" -> Order.EVENT_TIME;
            default -> throw new TypeConversionException("'" + text + "' is no order; write arrival or event-time");
        };
    }
}
