/** The one way to kafkajs: with its repairs in place before anything of it is loaded. */
import './kafkajs-repairs.js';
export { Kafka, Partitioners, logLevel, type logCreator } from 'kafkajs';
