/**
 * The arithmetic of embeddings: a category is a row of numbers, looked up by its id and learned with the network that takes
 * it as inputs. Where the rows live is not known here.
 */
@NullMarked
package dev.millrace.networks.embeddings;

import org.jspecify.annotations.NullMarked;
