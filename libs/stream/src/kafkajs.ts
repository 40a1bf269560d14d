/** The one way to kafkajs: with its repairs in place before anything of it is loaded. */
import './kafkajs-repairs.js';
import kafkajs from 'kafkajs';

export { Kafka, Partitioners, logLevel, type AclEntry, type SASLOptions, type logCreator } from 'kafkajs';

/** Node does not find these by name in a CommonJS module. */
export const {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ConfigResourceTypes,
  ConfigSource,
  ResourcePatternTypes,
} = kafkajs;
