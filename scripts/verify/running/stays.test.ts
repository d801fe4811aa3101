import { ordinary } from '../command/ordinary'
import { stays } from './stays'

ordinary(stays)
