// Measures HashiCorp's memberlist with its LAN settings: all nodes in one process, each with its own UDP and TCP port
// on loopback. Writes one JSON object per line: {"figure": "start", "value": 1.53}. Times are seconds until the last
// node knows.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hashicorp/memberlist"
)

// limit of every wait: what took longer is reported as this long.
const limit = 60 * time.Second

func main() {
	nodes := flag.Int("nodes", 64, "nodes of the cluster")
	runs := flag.Int("runs", 5, "clusters started one after the other")
	changes := flag.Int("changes", 3, "changes of one node's metadata per cluster")
	rest := flag.Duration("rest", 30*time.Second, "how long the last cluster is watched at rest; before that it calms down as long")
	flag.Parse()
	for run := 0; run < *runs; run++ {
		cluster := newCluster(*nodes)
		report("start", cluster.start())
		time.Sleep(2 * time.Second)
		if run == *runs-1 {
			time.Sleep(*rest)
			cluster.rest(*rest)
		}
		for change := 0; change < *changes; change++ {
			report("change", cluster.change(*nodes/2, fmt.Sprintf("v%d", change+2)))
			time.Sleep(time.Second)
		}
		report("kill", cluster.kill(*nodes-1))
		cluster.stop()
	}
}

func report(figure string, value float64) {
	line, err := json.Marshal(map[string]any{"figure": figure, "value": value})
	check(err)
	fmt.Println(string(line))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// member is one node, what it says of itself, and what it has heard.
type member struct {
	list      *memberlist.Memberlist
	transport *countingTransport
	meta      atomic.Value
	mutex     sync.Mutex
	metaOf    map[string]string
	gone      map[string]bool
}

func (m *member) NodeMeta(int) []byte             { return []byte(m.meta.Load().(string)) }
func (m *member) NotifyMsg([]byte)                {}
func (m *member) GetBroadcasts(int, int) [][]byte { return nil }
func (m *member) LocalState(bool) []byte          { return nil }
func (m *member) MergeRemoteState([]byte, bool)   {}
func (m *member) NotifyJoin(*memberlist.Node)     {}

func (m *member) NotifyLeave(node *memberlist.Node) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.gone[node.Name] = true
}

func (m *member) NotifyUpdate(node *memberlist.Node) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.metaOf[node.Name] = string(node.Meta)
}

type cluster struct {
	members []*member
	sent    int64
}

func newCluster(count int) *cluster {
	c := &cluster{}
	for index := 0; index < count; index++ {
		c.members = append(c.members, c.newMember(nameOf(index)))
	}
	return c
}

func nameOf(index int) string { return fmt.Sprintf("node-%03d", index) }

func (c *cluster) newMember(name string) *member {
	quiet := log.New(io.Discard, "", 0)
	inner, err := memberlist.NewNetTransport(&memberlist.NetTransportConfig{BindAddrs: []string{"127.0.0.1"}, Logger: quiet})
	check(err)
	m := &member{metaOf: map[string]string{}, gone: map[string]bool{}, transport: newCountingTransport(inner, &c.sent)}
	m.meta.Store("v1")
	config := memberlist.DefaultLANConfig()
	config.Name = name
	config.BindAddr, config.AdvertiseAddr = "127.0.0.1", "127.0.0.1"
	config.BindPort = inner.GetAutoBindPort()
	config.AdvertisePort = config.BindPort
	config.Logger = quiet
	config.Transport = m.transport
	config.Delegate, config.Events = m, m
	m.list, err = memberlist.Create(config)
	check(err)
	return m
}

// start lets all join through the first at once; seconds until each sees all.
func (c *cluster) start() float64 {
	begin := time.Now()
	seed := fmt.Sprintf("127.0.0.1:%d", c.members[0].list.LocalNode().Port)
	for _, m := range c.members[1:] {
		go func(m *member) {
			for time.Since(begin) < limit {
				if _, err := m.list.Join([]string{seed}); err == nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		}(m)
	}
	return c.until(begin, -1, func(m *member) bool { return m.list.NumMembers() == len(c.members) })
}

// change gives one member new metadata; seconds until all others have it.
func (c *cluster) change(index int, meta string) float64 {
	begin := time.Now()
	changed := c.members[index]
	changed.meta.Store(meta)
	go func() { _ = changed.list.UpdateNode(limit) }()
	return c.until(begin, index, func(m *member) bool { return m.metaOf[nameOf(index)] == meta })
}

// kill closes the sockets of one member without a goodbye; seconds until all others know it is dead.
func (c *cluster) kill(index int) float64 {
	begin := time.Now()
	atomic.StoreInt32(&c.members[index].transport.dead, 1)
	check(c.members[index].list.Shutdown())
	return c.until(begin, index, func(m *member) bool { return m.gone[nameOf(index)] })
}

// rest reports bytes per second and node that were sent, and processor time in percent of a core per node.
func (c *cluster) rest(duration time.Duration) {
	sent, used, begin := atomic.LoadInt64(&c.sent), processorTime(), time.Now()
	time.Sleep(duration)
	share := time.Since(begin).Seconds() * float64(len(c.members))
	report("bytes", float64(atomic.LoadInt64(&c.sent)-sent)/share)
	report("processor", 100*(processorTime()-used)/share)
}

func (c *cluster) stop() {
	var group sync.WaitGroup
	for _, m := range c.members {
		group.Add(1)
		go func(m *member) {
			defer group.Done()
			_ = m.list.Shutdown()
		}(m)
	}
	group.Wait()
}

// until returns the seconds since begin after which `holds` was seen true of every member but one.
func (c *cluster) until(begin time.Time, except int, holds func(*member) bool) float64 {
	done := map[int]bool{except: true}
	for time.Since(begin) < limit {
		for index, m := range c.members {
			if !done[index] {
				m.mutex.Lock()
				done[index] = holds(m)
				m.mutex.Unlock()
			}
		}
		if c.allIn(done) {
			return time.Since(begin).Seconds()
		}
		time.Sleep(2 * time.Millisecond)
	}
	return limit.Seconds()
}

func (c *cluster) allIn(done map[int]bool) bool {
	for index := range c.members {
		if !done[index] {
			return false
		}
	}
	return true
}

func processorTime() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// countingTransport counts what is sent, on connections made by others too; a dead one sends nothing.
type countingTransport struct {
	*memberlist.NetTransport
	sent    *int64
	dead    int32
	streams chan net.Conn
}

func newCountingTransport(inner *memberlist.NetTransport, sent *int64) *countingTransport {
	t := &countingTransport{NetTransport: inner, sent: sent, streams: make(chan net.Conn)}
	go func() {
		for conn := range inner.StreamCh() {
			t.streams <- &countingConn{conn, sent}
		}
	}()
	return t
}

func (t *countingTransport) StreamCh() <-chan net.Conn { return t.streams }

func (t *countingTransport) WriteTo(packet []byte, address string) (time.Time, error) {
	return t.WriteToAddress(packet, memberlist.Address{Addr: address})
}

func (t *countingTransport) WriteToAddress(packet []byte, address memberlist.Address) (time.Time, error) {
	if atomic.LoadInt32(&t.dead) == 1 {
		return time.Now(), nil
	}
	atomic.AddInt64(t.sent, int64(len(packet)))
	return t.NetTransport.WriteToAddress(packet, address)
}

func (t *countingTransport) DialTimeout(address string, timeout time.Duration) (net.Conn, error) {
	return t.DialAddressTimeout(memberlist.Address{Addr: address}, timeout)
}

func (t *countingTransport) DialAddressTimeout(address memberlist.Address, timeout time.Duration) (net.Conn, error) {
	if atomic.LoadInt32(&t.dead) == 1 {
		return nil, net.ErrClosed
	}
	conn, err := t.NetTransport.DialAddressTimeout(address, timeout)
	if err != nil {
		return nil, err
	}
	return &countingConn{conn, t.sent}, nil
}

type countingConn struct {
	net.Conn
	sent *int64
}

func (c *countingConn) Write(bytes []byte) (int, error) {
	count, err := c.Conn.Write(bytes)
	atomic.AddInt64(c.sent, int64(count))
	return count, err
}
