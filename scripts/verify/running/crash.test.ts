import { ordinary } from '../command/ordinary'
import { crash } from './crash'

ordinary(crash)
